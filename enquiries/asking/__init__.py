"""What both sides need to ask the questions of the contact form: visitors' pages and the desk."""
