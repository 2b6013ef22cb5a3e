Feature: Taking people up and finding them again

  Background:
    Given an office with a week to close out

  Scenario: A family with a student is taken up as told on the phone
    When the manager goes to the families
    And presses "New family"
    And writes "Lindqvist family" as "Family"
    And writes "Lars Lindqvist" as "Payer"
    And writes "3 Hill Road" as "Address"
    And confirms "Add family"
    And picks "New student…" from "More"
    And writes "Maya Lindqvist" as "Full name"
    And writes "Year 8" as "School year"
    And confirms "Add student"
    Then the window shows "12 families · 12 students"
    And Maya Lindqvist belongs to the Lindqvist family, for whom Lars Lindqvist pays

  Scenario: A new tutor has hours, a rate and a paper
    When the manager goes to the tutors
    And presses "New tutor"
    And writes "Gina Hall" as "Full name"
    And confirms "Add tutor"
    And opens the part "Availability"
    And presses "Add hours"
    And presses "Save from Mon 9 Mar"
    Then the window shows "4.0 h in 1 block"
    When opens the part "Rates"
    And presses "New rate…"
    And writes "31" as "Amount"
    And confirms "Set rate"
    Then the window shows "31.00"
    When opens the part "Papers"
    And presses "Add paper…"
    And writes "1 Mar 2027" as "Expires"
    And confirms "Add paper"
    Then the window shows "Background check"
    And Gina Hall is free on Mondays from 09:00 to 13:00, earns 31.00 an hour and has a paper until 2027-03-01

  Scenario: A tutor goes on leave and the sessions concerned are named
    When the manager goes to the tutors
    And presses "Leave…"
    And writes "16 Mar 2026" as "First day"
    And writes "20 Mar 2026" as "Last day"
    Then the window shows "3 sessions are planned then"
    When presses "Enter leave"
    Then the window shows "Sessions while Ann Teacher is away"
    And Ann Teacher is away for 5 days and still has 3 sessions in them

  Scenario: A family is found by a few letters, and its record tells who changed it
    When finds "gruber" by the palette
    Then the window shows "Sam Gruber"
    When picks "Who changed this" from "More"
    Then the window shows "Who changed what"
    And only changes of that record are listed
