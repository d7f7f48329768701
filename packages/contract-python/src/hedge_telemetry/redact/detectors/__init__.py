"""What finds secrets in a text. Texts are sequences of UTF-16 units."""
