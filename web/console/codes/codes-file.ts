import { moneyText } from '../../design/money.tsx';

interface MadeCode {
  readonly code: string;
  readonly amountTicks: string;
  readonly uses: { readonly most: number };
  readonly memo: string;
  readonly expiresAtMs: number | null;
}

const PLACES = 10;

/** The codes as a table for other programs, with every digit of what they are worth. */
export function codesCsv(codes: readonly MadeCode[]): string {
  const rows = codes.map(({ code, amountTicks, uses, memo, expiresAtMs }) => [
    code,
    moneyText(amountTicks, PLACES).replaceAll(/[$,]/g, ''),
    String(uses.most),
    expiresAtMs === null ? '' : new Date(expiresAtMs).toISOString(),
    memo,
  ]);
  return [['code', 'usd', 'most_uses', 'expires', 'memo'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

/** A cell that begins like a formula would be run by the program that opens the file. */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
