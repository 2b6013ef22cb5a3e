Feature: Paying tutors

  Scenario: A missing rate is given in the run, then all are paid
    Given an office where Gina Hall has taught without a rate
    When the manager goes to the payroll
    And presses "Pay run…"
    And writes "31 Mar 2026" as "To"
    And presses "Continue to check"
    Then the window shows "Gina Hall"
    When writes "30" as "Pay per hour"
    And presses "Set rate"
    Then Gina Hall earns 30.00 an hour

  Scenario: A month is paid, and a correction comes with the next run
    Given an office with a week to close out
    When the manager goes to the payroll
    And presses "Pay run…"
    And presses "Continue to check"
    And presses "Check all without flags"
    And presses "Approve 5 tutors…"
    And confirms "Approve 5 tutors"
    Then one run over 1288.67 is approved
    When presses "Add line…"
    And writes "-5" as "Amount"
    And writes "Paid twice" as "Reason"
    And confirms "Add line"
    Then the next run of March takes 5.00 off Ann Teacher
    And the office's books are in order
