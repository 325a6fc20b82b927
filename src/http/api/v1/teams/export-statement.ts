import type { z } from 'zod';
import { teamStatement } from '../../../../console/team-statement.ts';
import type { ApiPorts } from '../../api-ports.ts';
import { csvRow } from '../../csv.ts';
import type { ExportQuery, StatementRow } from '../../wire/statement.ts';
import { presentMove } from './statement.ts';

/** A year of a busy team by the month is below this; what is larger is asked for in spans. */
const MAXIMUM_ROWS = 200_000;
const ROWS_A_READ = 500;

/**
 * The whole statement as a file, page by page as fast as the reader takes it: no more than a page is in memory. A file
 * that was cut off says so in its last line, so that nobody takes it for the whole.
 */
export function exportStatement(
  ports: Pick<ApiPorts, 'reports'>,
  walletId: string,
  { format, fromMs, toMs }: z.output<typeof ExportQuery>,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder();
  const shape = format === 'csv' ? CSV : JSON_LINES;
  let cursor: string | undefined;
  let rows = 0;
  let isOver = false;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(shape.head)),
    async pull(controller) {
      if (signal.aborted || isOver) return controller.close();
      const page = await teamStatement(ports, walletId, {
        ...{ what: 'everything' as const, fromMs, toMs, limit: ROWS_A_READ, cursor },
      });
      const text = page.rows.map((move, at) => shape.row(presentMove(move), rows + at === 0)).join('');
      rows += page.rows.length;
      cursor = page.nextCursor;
      const isCut = cursor !== undefined && rows >= MAXIMUM_ROWS;
      isOver = cursor === undefined || isCut;
      controller.enqueue(encoder.encode(text + (isOver ? shape.tail(isCut) : '')));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'content-disposition': `attachment; filename="statement.${format}"`,
      'cache-control': 'no-store',
    },
  });
}

interface FileShape {
  readonly head: string;
  readonly row: (row: StatementRow, isFirst: boolean) => string;
  readonly tail: (isCut: boolean) => string;
}

const CSV: FileShape = {
  head: csvRow([
    'time',
    'kind',
    'amount_ticks',
    'charged_ticks',
    'balance_after_ticks',
    'request',
    'model',
    'memo',
  ]),
  row: (row) =>
    csvRow([
      new Date(row.atMs).toISOString(),
      row.kind,
      row.amountTicks,
      row.chargedTicks,
      row.balanceAfterTicks,
      row.requestId,
      row.model,
      row.memo,
    ]),
  tail: (isCut) => (isCut ? csvRow(['# cut off: ask for a shorter span']) : ''),
};

const JSON_LINES: FileShape = {
  head: '{"rows":[',
  row: (row, isFirst) => `${isFirst ? '' : ','}\n${JSON.stringify(row)}`,
  tail: (isCut) => `\n],"complete":${!isCut}}\n`,
};
