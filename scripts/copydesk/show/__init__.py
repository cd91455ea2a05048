"""Shows tables: as HTML, as marked text, as sentences that state a finding, as charts."""
