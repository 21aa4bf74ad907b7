"""What made-up people write, what staff note about them, and what they ask about."""

MESSAGES = (
    "",
    "",
    "I would like to know which of my papers count in Australia.",
    "My partner works as a nurse. Could we both come, and would our son find a school?",
    "I finished my studies last year and have worked in a kitchen since.",
    "How long does a trade course take, and could I work beside it?",
    "Please call in the morning. I work nights.",
    "I have been an electrician for nine years. What is my work called in Australia?",
    "My sister lives in Perth. I want to visit her first, then perhaps study.",
    "We are two and would come next year. What does a year cost?",
    "I asked you in spring and have my certificates now.",
    "What English test do nurses need?",
)
NOTES = (
    "Wants to send the certificates by e-mail first.",
    "Speaks English well. Asked about Adelaide.",
    "The line was bad. Try again in the evening.",
    "Knows the fees by now and will think about it.",
    "Has family in Brisbane.",
    "Asked twice about work beside a course.",
)
REMARKS = ("", "", "", "Rang out.", "Asked for a text first.", "Will read the page we sent.")
OCCUPATIONS = (
    ("254499", "Registered Nurses nec"),
    ("261313", "Software Engineer"),
    ("341111", "Electrician (General)"),
    ("351311", "Chef"),
    ("421111", "Child Care Worker"),
    ("423111", "Aged or Disabled Carer"),
    ("322311", "Metal Fabricator"),
    ("233211", "Civil Engineer"),
    ("221111", "Accountant (General)"),
    ("541111", "Call or Contact Centre Operator"),
)
