Feature: Billing families

  Scenario: A month is billed, what holds back stands first
    Given an office with a week to close out
    When the manager goes to the invoices
    And presses "Invoice run…"
    And presses "Continue to review"
    Then the window shows "1 holds invoices back, 1 to decide"
    When writes "5 New Road, London" as "Postal address"
    And presses "Add: No address"
    Then the window shows "12 invoices · £2,852.76"
    When presses "Continue to issue"
    And presses "Issue 12 invoices…"
    Then the window shows "They get the numbers INV-0001 … INV-0012"
    And no document has a number yet
    When confirms "Issue 12 invoices"
    And presses "Show invoices"
    Then the window shows "INV-0012"
    And 12 documents over 2852.76 are issued
    And the office's books are in order

  Scenario: A payment settles an invoice
    Given an office whose February is billed
    When the manager goes to the invoices
    And chooses the row "Ahmed"
    And presses the key R
    And presses Enter
    Then the window shows "Payment of £244.80 recorded for Kim Ahmed."
    And the table shows "INV-0002" as "Paid"
    And 0.00 is open of INV-0002

  Scenario: A part payment leaves the rest open
    Given an office whose February is billed
    When the manager goes to the invoices
    And chooses the row "Fox"
    And presses the key R
    And writes "100" as "Amount"
    And confirms "Record payment"
    Then the window shows "£130.40 open"
    And 130.40 is open of INV-0008

  Scenario: A credit note takes an invoice back for good
    Given an office whose February is billed
    When the manager goes to the invoices
    And chooses the row "Gruber"
    And presses the key V
    And writes "Agreed on the phone" as "Reason"
    And presses "Do not bill it again"
    And presses "Issue credit note…"
    Then the window shows "Issue credit note CN-0001"
    When confirms "Issue credit note"
    Then the table shows "CN-0001" as "172.80"
    And 0.00 is open of INV-0009
    And the office's books are in order

  Scenario: An invoice with a wrong address is corrected and issued anew
    Given an office whose February is billed
    When the manager goes to the invoices
    And chooses the row "Gruber"
    And presses the key V
    And writes "They moved" as "Reason"
    And presses "Issue a new invoice now, with today's names and addresses"
    And presses "Issue credit note…"
    And confirms "Issue credit note"
    Then the window shows "INV-0009 was credited and issued anew."
    And 172.80 is open of INV-0012
    And the office's books are in order

  Scenario: A family's account shows what was billed and paid
    Given an office whose February is billed
    When the manager goes to the invoices
    And chooses the row "Fox"
    And presses the key R
    And writes "100" as "Amount"
    And confirms "Record payment"
    And presses "Payments"
    And presses "Account…"
    Then the window shows "Account of Kim Fox"
    And the window shows "£130.40 to pay"
    And the account of Kim Fox comes to 130.40

  Scenario: A period is locked, and a change in it is refused
    Given an office whose February is billed
    When the manager goes to the invoices
    And picks "Lock period…" from "More"
    And writes "9 Mar 2026" as "First open day"
    And presses "Lock…"
    And confirms "Lock the period"
    Then the window shows "Locked everything before 9 Mar 2026."
    When the manager goes to the close-outs
    And presses the key 1
    Then the window shows "locked"
    And 12 sessions wait to be closed out
