"""Check a text and print what is hard to read in it."""

import falc

report = falc.check_text("La présente décision vous a été notifiée par la CAF le 12/03/2026.")

for finding in report.findings:
    print(f"{finding.code} {finding.severity} « {finding.text} » : {finding.message}")
