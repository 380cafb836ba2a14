export { signalHandles, type SignalInput } from './signal';
export type { TellFlow } from './push-signals.server';
