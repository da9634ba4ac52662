"""From the ledger to paper: gathers what a report prints, in few queries, and writes the PDF."""
