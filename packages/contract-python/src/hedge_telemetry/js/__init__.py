"""What JavaScript does with numbers, texts and regular expressions, so that both packages give the same bytes."""
