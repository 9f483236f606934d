"""Pages about clients, people and set-up; the client record is in crm/pages."""
