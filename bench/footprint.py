"""How much memory and disk a running demo or firm takes, process by process.

    make demo                                 # in another terminal
    python -m bench.footprint

Memory is the proportional set size (PSS): what two processes share is counted half to
each, so the sum is what the machine would have back. Linux only.
"""

import re
import sys
from pathlib import Path

VAR = Path(__file__).resolve().parent.parent / "var"
MIB = 1024 * 1024
NAMES = {  # a word of the command line → what it is
    "leash.py": "leash", "valkey": "broker and cache", "gunicorn": "web",
    "standin": "stand-in for Twilio", " beat ": "scheduler", " worker ": "worker",
    "manage.py": "supervisor",
}  # fmt: skip


def main():
    known = dict(parents())
    roots = [pid for pid in known if "manage.py demo" in command(pid)]
    roots = [pid for pid in roots if cwd(pid) == VAR.parent]
    if not roots:
        sys.exit("No demo runs here: start one with `make demo`.")
    total = 0
    print(f"{'process':<22}{'MiB':>6}")
    for pid in sorted(family(roots, known)):
        size = pss(pid)
        total += size
        print(f"{name(pid):<22}{size / MIB:>6.0f}")
    print(f"{'together':<22}{total / MIB:>6.0f}")
    files = sum(path.stat().st_size for path in VAR.rglob("*") if path.is_file())
    print(f"{'files in var/':<22}{files / MIB:>6.0f}")


def parents():
    """Pairs of process and parent, for every process that can be read."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = path.read_text().rpartition(")")[2].split()[1]
        except OSError:  # it ended meanwhile
            continue
        yield int(path.parent.name), int(parent)


def family(roots, known):
    """The roots with all that descends from them."""
    found = set(roots)
    while more := {p for p, parent in known.items() if parent in found} - found:
        found |= more
    return found


def command(pid):
    return _read(pid, "cmdline").replace("\0", " ").strip()


def name(pid):
    words = f"{command(pid)} "
    return next((NAMES[word] for word in NAMES if word in words), words[:20])


def cwd(pid):
    try:
        return Path(f"/proc/{pid}/cwd").resolve()
    except OSError:
        return None


def pss(pid):
    """Bytes; 0 for a process that has ended."""
    match = re.search(r"^Pss: +(\d+) kB", _read(pid, "smaps_rollup"), re.M)
    return int(match[1]) * 1024 if match else 0


def _read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""


if __name__ == "__main__":
    main()
