"""What nobody would ask, and somebody types."""

HOSTILE = {
    "ten thousand letters": "x" * 10_000,
    "ten thousand letters in words": "milk the cows " * 700,
    "nothing but NUL": "\0" * 50,
    "control characters": "".join(map(chr, range(32))) + "chef\x7f\x85",
    "right to left": "\u202e\u05d0\u05e0\u05d9 \u05d8\u05d1\u05d7\u202c \u0627\u0644\u0637",
    "emoji": "👩\u200d🍳🍕💩",
    "an SQL injection": "'; DROP TABLE occupations_occupation; --",
    "a slow regular expression": "(a+)+$" * 30,
    "markup": "<script>alert(1)</script>",
    "a lone surrogate": "\ufffd\ud800",
    "wildcards": "%_*?\\",
}
