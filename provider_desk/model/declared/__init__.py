"""The record types, by what they are about; ``model.records`` gathers them."""
