const DECIMAL_DIGIT = /\p{Nd}/u;

/** A text with every decimal digit of Unicode (`Nd`), of whatever script, as the digit 0 to 9 that it stands for. */
export function latinDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let first = code;
    while (DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
    // Digits are coded in runs of ten, in their order (The Unicode Standard, 4.6).
    return String((code - first) % 10);
  });
}
