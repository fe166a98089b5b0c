"""Split a text into sentences, without any language model."""

import falc

text = "M. Diallo habite au 4, av. de la Gare. Il a rendez-vous le 3 avril à 9 h. Peut-il venir ?"

for span in falc.split_sentences(text):
    print(f"{span.start:3}-{span.end:<3} {text[span.start : span.end]}")
