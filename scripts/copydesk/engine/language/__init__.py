"""What the rules know of English: words and phrases, quotations, reporting words, names and spelling."""
