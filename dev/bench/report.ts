import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { isMissed, type Figure } from './figure';

export interface Section {
  bench: string;
  tookMs: number;
  figures: Figure[];
  error?: string;
}

export interface Report {
  startedAt: string;
  tookMs: number;
  machine: { system: string; cores: number; processor: string; memoryGb: number; node: string };
  /** Processes that wanted a core, on average, over the minute before the run: above 0.5 per core the figures are too low. */
  loadBefore: number;
  sections: Section[];
  missed: string[];
}

export function describeMachine(): Report['machine'] {
  return {
    system: `${type()} ${release()}`,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

export function currentLoad(): number {
  return Math.round((loadavg()[0] ?? 0) * 100) / 100;
}

/** The table people read. */
export function formatReport(report: Report): string {
  const rows = report.sections.flatMap((section) =>
    section.error
      ? [[section.bench, 'failed', '', '', firstLine(section.error)]]
      : section.figures.map(formatFigure),
  );
  const header = ['figure', 'measured', 'budget', 'ratio', ''];
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? title).length)),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) =>
        column === 1 || column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const { machine } = report;
  return [
    `${machine.cores} cores (${machine.processor}), ${machine.memoryGb} GB, Node ${machine.node}, load before ${report.loadBefore}`,
    '',
    line(header),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
    '',
    report.missed.length === 0 ? 'Every budget is kept.' : `Missed: ${report.missed.join('; ')}`,
    ...(isBusy(report)
      ? ['The machine was busy with other things before the run: measure again when it is not.']
      : []),
    '',
  ].join('\n');
}

function isBusy({ loadBefore, machine }: Report): boolean {
  return loadBefore > machine.cores / 2;
}

function formatFigure(figure: Figure): string[] {
  const { budget, of } = figure;
  const limit = !budget
    ? ''
    : 'atLeast' in budget
      ? `>= ${format(budget.atLeast)}`
      : `<= ${format(budget.atMost)}`;
  const ratio = of && of.value > 0 ? `${(figure.value / of.value).toFixed(2)} x ${of.name}` : '';
  const remark = [isMissed(figure) ? 'MISSED' : '', figure.note ?? ''].filter(Boolean).join(', ');
  return [figure.name, `${format(figure.value)} ${figure.unit}`, limit, ratio, remark];
}

function format(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
