"""From referral to member: the registration, the office's decision, the member with number, protection and card."""
