"""What the source documents of BSB40307 and 149212 publish as facts: codes, titles, labels."""

CORE = {
    "Contact Centre Operations": ["BSBCCO402A"],
    "Customer Service": ["BSBCUS401A"],
    "Learning and Development": ["BSBLED401A"],
    "Management": ["BSBMGT403A", "BSBMGT405A"],
    "Occupational Health and Safety": ["BSBOHS407A"],
    "Imported Units": ["FNSICORG515B"],
}
ELECTIVES = {
    "Compliance": ["BSBCOM401B", "BSBCOM402B", "BSBCOM403B", "BSBCOM404B"],
    "Contact Centre Operations": ["BSBCCO401A"],
    "Human Resource Management": ["BSBHRM402A"],
    "Information Management": ["BSBINM401A"],
    "Innovation": ["BSBINN301A"],
    "Management": ["BSBMGT401A", "BSBMGT402A"],
    "Project Management": ["BSBPMG404A", "BSBPMG407A", "BSBPMG510A"],
    "Sales": ["BSBSLS501A", "BSBSLS502A"],
    "Sustainability": ["BSBSUS301A"],
    "Workplace Effectiveness": ["BSBWOR401A", "BSBWOR403A"],
    "Imported Units": ["CHCINF5B", "CHCPOL3A", "PSPPM402B"],
}
EXAMPLES_ONLY = ["BSBRES401A", "BSBADM409A", "THHGLE05B"]
TITLES = {
    "BSBADM409A": "Coordinate business resources",
    "BSBCCO401A": "Administer customer contact telecommunications technology",
    "BSBCCO402A": "Gather, collate and record information",
    "BSBCOM401B": "Organise and monitor the operation of compliance management system",
    "BSBCOM402B": "Implement processes for the management of a breach in compliance requirements",
    "BSBCOM403B": "Provide education and training on compliance requirements and systems",
    "BSBCOM404B": "Promote and liaise on compliance requirements, systems and related issues",
    "BSBCUS401A": "Coordinate implementation of customer service strategies",
    "BSBHRM402A": "Recruit, select and induct staff",
    "BSBINM401A": "Implement workplace information system",
    "BSBINN301A": "Promote innovation in a team environment",
    "BSBLED401A": "Develop teams and individuals",
    "BSBMGT401A": "Show leadership in the workplace",
    "BSBMGT402A": "Implement operational plan",
    "BSBMGT403A": "Implement continuous improvement",
    "BSBMGT405A": "Provide personal leadership",
    "BSBOHS407A": "Monitor a safe workplace",
    "BSBPMG404A": "Apply quality management techniques",
    "BSBPMG407A": "Apply risk management techniques",
    "BSBPMG510A": "Manage projects",
    "BSBRES401A": "Analyse and present research information",
    "BSBSLS501A": "Develop a sales plan",
    "BSBSLS502A": "Lead and manage a sales team",
    "BSBSUS301A": "Implement and monitor environmentally sustainable work practices",
    "BSBWOR401A": "Establish effective workplace relationships",
    "BSBWOR403A": "Manage stress in the workplace",
    "CHCINF5B": "Meet statutory and organisational information requirements",
    "CHCPOL3A": "Undertake research activities",
    "FNSICORG515B": "Provide mentoring and coaching within the workplace",
    "PSPPM402B": "Manage simple projects",
    "THHGLE05B": "Roster staff",
}
UNIT_TABLE = [
    "BSBADM409A",
    "BSBCCO401A",
    "BSBCCO402A",
    "BSBCOM401B",
    "BSBCOM402B",
    "BSBCOM403B",
    "BSBCOM404B",
    "BSBCUS401A",
    "BSBHRM402A",
    "BSBINM401A",
]
EXAMPLES = {
    "Analyst": ["BSBPMG404A", "BSBPMG407A", "BSBRES401A", "CHCINF5B"],
    "Scheduler": ["BSBADM409A", "CHCPOL3A", "THHGLE05B"],
    "Quality Assurance Coordinator or Manager": ["CHCINF5B"],
}
FACETS = {
    "Communication": 3,
    "Teamwork": 3,
    "Problem-solving": 3,
    "Initiative and enterprise": 2,
    "Planning and organising": 3,
    "Self-management": 3,
    "Learning": 2,
    "Technology": 2,
}
JOB_ROLES = [
    "Analyst",
    "Quality Assurance Coordinator or Manager",
    "Scheduler",
    "Subject Matter Expert/Coach",
    "Team Leader",
]
EXPERIENCE_ROLES = [
    "Call/Contact Centre Agent",
    "Customer Service Representative",
    "Senior Customer Service Representative",
    "Telesales Representative",
]
CLASSIFICATION_HISTORY = [
    ("anzsco", "541111", "Call Or Contact Centre Team Leader", "2008-09-03", ""),
    ("asco", "6191-11", "Inquiry Clerk", "2008-09-03", ""),
    ("asced_field", "0805", "Sales And Marketing", "2008-09-03", ""),
    ("level_of_education", "511", "Certificate IV", "2009-03-10", ""),
]
INDUSTRY_SECTORS = [
    "Advertising and Marketing",
    "Retail Management",
    "Human Resource Management",
    "Business Administration",
    "Customer Service",
    "Local Government Administration",
]
OCCUPATIONS = [
    "Customer Service Team Leader",
    "Call Centre Analyst",
    "Customer Service Officer (Local Government)",
    "Sales Team Manager",
    "Sales Administrator",
    "Call Centre Scheduler",
    "Analyst",
    "Scheduler",
    "Call Centre Team Leader",
    "Roster Clerk",
]
NOT_CONSIDERED = [
    ("Call or Contact Centre Manager", "149211"),
    ("Call or Contact Centre Team Leader or Supervisor", "541111"),
    ("Customer Service Supervisor", ""),
    ("Customer Service Agent", ""),
    ("Operations Manager", ""),
    ("Department or Unit Manager", ""),
    ("Retail Manager", "142111"),
    ("Technical Support Manager", ""),
    ("Client Relationship Manager", ""),
]
SUBJECTS = [
    "Business Managerial Policies",
    "Business Administration",
    "Human Resource Management",
    "Continuous Improvement",
    "Customer Service Quality",
    "Risk Management",
    "Marketing",
]
