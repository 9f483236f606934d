"""The report pages: stored figures through the gate, nothing computed anew."""
