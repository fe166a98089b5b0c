"""Sort texts from the easiest to the hardest; the linter reads them in batches."""

import falc

texts = [
    "Nous vous saurions gré de nous faire parvenir les justificatifs sollicités dans les meilleurs délais.",
    "Venez au centre social le lundi 16 mars 2026.",
    "Il n'est pas impossible que votre dossier, qui a été réexaminé, fasse l'objet d'un rejet.",
]
linter = falc.Linter(profile="falc")
measured = [(report.measures["difficulty"].value, text) for report, text in zip(linter.check_texts(texts), texts)]

for difficulty, text in sorted(measured):
    print(f"{difficulty:6.1f}  {text}")
