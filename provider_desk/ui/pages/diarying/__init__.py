"""The diary: a week as blocks, its panels, the table of everybody's week."""
