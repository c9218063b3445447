"""Many reports: inputs are listed, dealt out in shards, audited by an engine and kept in a run folder."""
