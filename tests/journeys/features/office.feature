Feature: Running the office itself

  Scenario: A task is noted, found and done
    Given an office with a week to close out
    When the manager goes to the tasks
    And presses "New task"
    And writes "Call Mrs Berg back" as "What"
    And confirms "Add task"
    Then the task "Call Mrs Berg back" is open
    When chooses the row "Call Mrs Berg back"
    And presses "Done"
    Then the window shows "Nothing to do"
    And no task is open
    When takes the last step back
    Then the task "Call Mrs Berg back" is open

  Scenario: The office closes for a day and is then closed in the calendar
    Given an office with a week to close out
    When the manager goes to the settings
    And presses "Closures & terms"
    And presses "New closure…"
    And writes "Spring day" as "Name"
    And writes "18 Mar 2026" as "First day"
    And writes "18 Mar 2026" as "Last day"
    And confirms "Save"
    Then the office is closed on 2026-03-18

  Scenario: A backup is made and can be restored
    Given an office with a week to close out
    When the manager goes to the settings
    And presses "Backup"
    And presses "Back up now"
    Then a backup lies beside the office and can be restored

  Scenario: A policy is changed as a sentence with a test line
    Given an office with a week to close out
    When the manager goes to the settings
    And presses "Policies"
    Then the window shows "Notice of 24 hours is asked for; this is 420 minutes."
    When writes "4" as "Cancelled less than"
    And presses Enter
    Then the window shows "Notice of 4 hours is asked for"
    And a session that is cancelled 5 hours before is not charged

  Scenario: A new office begins with three answers
    Given an empty folder
    When the owner names the office "Chalk & Co" and begins
    Then the desk of "Chalk & Co" opens, with nothing to do
