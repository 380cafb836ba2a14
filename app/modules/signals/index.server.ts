export { listShopsOwingSignals } from './list-shops-owing-signals.server';
export { listSignalUses } from './list-signal-uses.server';
export { pushSignals, tellFlow } from './push-signals.server';
export { recordSignals } from './record-signals.server';
export { recordSignalUse } from './record-signal-use.server';
