"""The office: feedback, the staff register, contracts that end."""
