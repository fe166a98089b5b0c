"""Passives, negations and clauses of a parsed sentence: the one door to their modules."""

from __future__ import annotations

from falc.french.clauses import Clause, finite_clauses, finite_verbs, is_indirect_question, subordinates
from falc.french.negations import Negation, double_negation, lexical_negations, negations
from falc.french.passives import Passive, base_participle, passives
from falc.french.undergone import Undergone, undergone

__all__ = [
    "Clause",
    "Negation",
    "Passive",
    "Undergone",
    "base_participle",
    "double_negation",
    "finite_clauses",
    "finite_verbs",
    "is_indirect_question",
    "lexical_negations",
    "negations",
    "passives",
    "subordinates",
    "undergone",
]
