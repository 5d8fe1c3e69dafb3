"""What a question is: fields, packs, identity, text rules, lead-ins, exams."""
