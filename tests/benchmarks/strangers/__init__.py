"""Names of another kind than `tests.benchmarks.names`, by rules of somebody who had not read `app.names`.

Other surnames (Caucasian, Central Asian, Ukrainian, Polish, Lithuanian, roots nobody else took), other given
names, other ways to spell, other cases, other texts. Nothing in here imports `app.names` but `measure`.
"""
