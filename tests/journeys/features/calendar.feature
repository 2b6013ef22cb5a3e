Feature: Booking and changing sessions in the calendar

  Background:
    Given an office with a week to close out
    When the manager goes to the calendar

  Scenario: A weekly series is booked by drawing a block
    When draws a block on Tuesday from 10:00 to 11:00
    And names the student "Sam Ahm"
    And chooses "Weekly, 10 times" as "Repeat"
    And finishes with Ctrl and Enter
    Then the window shows "10 sessions of Sam Ahmed booked"
    And the calendar shows Sam Ahmed on Tuesday at 10:00
    And Sam Ahmed has 10 sessions on Tuesdays at 10:00 with Ann Teacher

  Scenario: A tutor, a subject and a room are matched by hand
    When draws a block on Wednesday from 10:00 to 11:00
    And names the student "Sam Nobody"
    And chooses "Eva Teacher" as "Tutor"
    And chooses "Maths" as "Subject"
    And chooses "Room 3" as "Place"
    And finishes with Ctrl and Enter
    Then the window shows "Sam Nobody booked on Wed 11 Mar 10:00"
    And Sam Nobody has 1 session on Wednesdays at 10:00 with Eva Teacher

  Scenario: One typed line books a session with what it says
    When types the line "sam berg wed 10-11:30 with ann"
    And finishes with Ctrl and Enter
    Then the window shows "Sam Berg booked on Wed 11 Mar 10:00"
    And Sam Berg has 1 session on Wednesdays at 10:00 with Ann Teacher
    And that session lasts 90 minutes

  Scenario: A time that is taken is refused with a sentence and another time
    When draws a block on Monday from 12:00 to 13:00
    And names the student "Sam Dahl"
    And chooses "Ann Teacher" as "Tutor"
    And sets the time from 14:00
    And finishes with Ctrl and Enter
    Then the window shows "Ann Teacher already teaches Sam Ahmed 14:00-15:00"
    And Sam Dahl has 0 sessions on Mondays at 14:00 with Ann Teacher

  Scenario: Only one session of a series is moved
    When drags Sam Evans to Friday at 11:00
    And answers with 1
    Then the calendar shows Sam Evans on Friday at 11:00
    And Sam Evans has 1 session on Fridays at 11:00 with Cem Teacher
    And Sam Evans has 7 sessions on Fridays at 14:00 with Cem Teacher

  Scenario: This and all later sessions of a series are moved
    When drags Sam Evans to Friday at 11:00
    And answers with 2
    Then the calendar shows Sam Evans on Friday at 11:00
    And Sam Evans has 3 sessions on Fridays at 11:00 with Cem Teacher
    And Sam Evans has 5 sessions on Fridays at 14:00 with Cem Teacher

  Scenario: All sessions of a series are moved, those closed out stay
    When drags Sam Evans to Friday at 11:00
    And answers with 3
    Then the calendar shows Sam Evans on Friday at 11:00
    And Sam Evans has 4 sessions on Fridays at 11:00 with Cem Teacher
    And Sam Evans has 4 sessions on Fridays at 14:00 with Cem Teacher

  Scenario: A room that is taken is overridden with a reason that is kept
    When drags Sam Gruber to Thursday at 14:00
    And answers with 1
    Then the window shows "Room 1 is already taken by Eva Teacher with Sam Dahl"
    When gives the reason "Both fit into the large room"
    Then the calendar shows Sam Gruber on Thursday at 14:00
    And the reason "Both fit into the large room" is on record

  Scenario: A session is cancelled in time and comes back
    When clicks on Sam Evans
    And presses Delete
    And finishes with Ctrl and Enter
    Then Sam Evans is cancelled in time on Friday at 14:00
    And nothing is charged for it
    When takes the last step back
    Then Sam Evans is planned on Friday at 14:00

  Scenario: A session is cancelled late and charged in full
    When clicks on Sam Ahmed
    And presses Delete
    And finishes with Ctrl and Enter
    Then Sam Ahmed is cancelled late on Monday at 14:00
    And 48.00 is charged for it

  Scenario: Steps are taken back and done again from another page
    When drags Sam Evans to Friday at 11:00
    And answers with 1
    Then the calendar shows Sam Evans on Friday at 11:00
    When the manager goes to the tutors
    And takes the last step back
    Then the calendar shows Sam Evans on Friday at 14:00
    When the manager goes to the payroll
    And does it again
    Then the calendar shows Sam Evans on Friday at 11:00
