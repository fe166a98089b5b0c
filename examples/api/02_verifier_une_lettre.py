"""Check a Word letter and count its problems, rule by rule."""

from collections import Counter

import falc

report = falc.check("examples/lettres/radiation-domiciliation.docx")
names = {finding.code: finding.name for finding in report.findings}

for code, count in Counter(finding.code for finding in report.findings).most_common(10):
    print(f"{count:3} {code} {names[code]}")
print("Premier problème :", report.findings[0].location)
