"""Who does the work: processes of this machine under a supervisor, or a cluster. They know nothing of reports.

An engine is given a function and jobs and yields what happened. `jobs` has the words both speak.
"""
