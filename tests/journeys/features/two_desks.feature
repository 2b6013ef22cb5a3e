@postgres
Feature: Two desks work on the same office

  Scenario Outline: What one desk changes, the other shows by itself
    Given two desks on an office in <database>
    When both go to the calendar
    And Olga moves Sam Evans to Friday at 11:00
    Then Paul sees Sam Evans on Friday at 11:00

    Examples:
      | database   |
      | SQLite     |
      | PostgreSQL |

  Scenario Outline: Of two who edit the same student, the second is told
    Given two desks on an office in <database>
    When both open the form of Sam Gruber
    And Olga saves "Year 9" as "School year"
    And Paul saves "Year 10" as "School year"
    Then Paul is told "changed"
    And Sam Gruber is in "Year 9"

    Examples:
      | database   |
      | SQLite     |
      | PostgreSQL |

  Scenario Outline: Of two who issue the month, one does
    Given two desks on an office in <database>
    When both stand before issuing the invoices
    And both issue them
    Then every family is billed once, with numbers without a gap

    Examples:
      | database   |
      | SQLite     |
      | PostgreSQL |

  Scenario Outline: Of two who book a slot, the second gets the clash sentence
    Given two desks on an office in <database>
    When both go to the calendar
    And both draw Tuesday from 10:00 to 11:00 with Ann Teacher, for Sam Ahmed and Sam Dahl
    And both finish the booking
    Then Paul is told "Ann Teacher already teaches Sam Ahmed 10:00-11:00"
    And Ann Teacher has one session on Tuesday at 10:00

    Examples:
      | database   |
      | SQLite     |
      | PostgreSQL |

  Scenario Outline: A step is not taken back over what somebody else did since
    Given two desks on an office in <database>
    When both go to the calendar
    And Olga moves Sam Evans to Friday at 11:00
    Then Paul sees Sam Evans on Friday at 11:00
    When Paul moves Sam Evans to Friday at 12:30
    Then Olga sees Sam Evans on Friday at 12:30
    When Olga takes the last step back
    Then Olga is told "Paul changed the same record"
    And Olga sees Sam Evans on Friday at 12:30

    Examples:
      | database   |
      | SQLite     |
      | PostgreSQL |
