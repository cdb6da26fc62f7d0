/** Sums and calendars that tell a number with a meaning from one that only has its shape. */

const LONGEST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether some year has this day. */
export function isDay(day: number, month: number): boolean {
  return day >= 1 && day <= (LONGEST[month - 1] ?? 0);
}

/** Whether the tenth digit is the one that the nine before it ask for: NHS and CHI numbers, modulus 11. */
export function hasCheckDigit(ten: string): boolean {
  const sum = [...ten.slice(0, 9)].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  return (11 - (sum % 11)) % 11 === Number(ten[9]);
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}
