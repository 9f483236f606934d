"""Processor time of a server's processes and of the database's, where Linux tells it."""

import os
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


class Meter:
    """What the children of a process and the sessions of our database have used."""

    def __init__(self, parent):
        self.parent = parent

    def read(self):
        """Seconds by process."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            wanted = {str(pid) for (pid,) in cursor.fetchall()}
        found = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if stat.parent.name in wanted or int(fields[1]) == self.parent:
                found[stat.parent.name] = (int(fields[11]) + int(fields[12])) / TICK
        return found

    def since(self, before, requests):
        """Milliseconds per request since `before`, or "–" where it is not told."""
        now = self.read()
        if not now:
            return "–"
        spent = sum(used - before.get(pid, 0) for pid, used in now.items())
        return f"{spent * 1000 / requests:.1f}"
