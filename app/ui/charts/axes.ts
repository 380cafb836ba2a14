const tick = { fontSize: 12, fill: 'var(--p-color-text-secondary)' };

/** Below a chart: days, months. */
export const spanAxis = { tick, tickLine: false, axisLine: false } as const;

/** At its side: figures. */
export const valueAxis = { ...spanAxis, width: 72, allowDecimals: false } as const;
