Feature: Closing out what was taught

  Background:
    Given an office with a week to close out
    When the manager goes to the close-outs

  Scenario: One key closes a session as planned, and the next one waits
    When presses the key 1
    Then the window shows "Closed out: Sam Ahmed, as planned."
    And the window shows "11 sessions to close out"
    And the session of Sam Ahmed on Monday at 14:00 is held, 48.00 charged and 27.00 paid

  Scenario: A week is closed out at once but for what needs a word
    When chooses all sessions
    And presses the key 1
    Then the window shows "Charge £432.00 · pay £275.17"
    When finishes with Ctrl and Enter
    Then the window shows "Closed out 10 sessions as planned."
    And the window shows "group: who came?"
    And 2 sessions wait to be closed out

  Scenario: A session began later and was shorter
    When presses the key 2
    And types "1430"
    And presses Enter
    Then the window shows "11 sessions to close out"
    And the session of Sam Ahmed on Monday at 14:00 is held, 24.00 charged and 13.50 paid
    And the form shows "15:20" as "Actual start"

  Scenario: Nobody came
    When presses the key 3
    Then the window shows "48.00"
    When presses Enter
    Then the session of Sam Ahmed on Monday at 14:00 is no show, 48.00 charged and 27.00 paid

  Scenario: A family cancelled late, the money is shown before saving
    When presses the key 4
    Then the window shows "Cancelled less than 24 h before"
    When presses Enter
    Then the session of Sam Ahmed on Monday at 14:00 is cancelled late, 48.00 charged and 27.00 paid

  Scenario: A group is closed out with who came
    When chooses the session of "Sam Berg and 2 others"
    And presses "Sam Costa: Absent"
    And presses "Save and next"
    Then the window shows "11 sessions to close out"
    And Sam Costa is absent and Sam Dahl is present on Tuesday at 16:40

  Scenario: Notes, homework and mileage are kept with the session
    When chooses the session of "Sam Fox"
    And presses the key N
    And types "Fractions, nearly done"
    And writes "Sheet 12" as "Homework"
    And writes "9" as "Mileage"
    And finishes with Ctrl and Enter
    Then the window shows "11 sessions to close out"
    And the session of Sam Fox on Monday at 15:20 is held, 48.00 charged and 31.05 paid
    And its report holds the note "Did: Fractions, nearly done" and the homework "Sheet 12"

  Scenario: An additional tutor has a time of one's own
    Given Eva Teacher helps in the session of Sam Ahmed on Monday at 14:00
    When chooses the session of "Sam Fox"
    And chooses the session of "Sam Ahmed"
    And writes "0:30" as "Time of Eva Teacher"
    And finishes with Ctrl and Enter
    Then the window shows "11 sessions to close out"
    And the session of Sam Ahmed on Monday at 14:00 is held, 48.00 charged and 39.38 paid

  Scenario: A package pays until it is used up
    Given Sam Ahmed has a package of half an hour
    When presses the key 1
    Then the window shows "11 sessions to close out"
    And the session of Sam Ahmed on Monday at 14:00 is held, 24.00 charged and 27.00 paid
    And nothing is left of the package
