export { signalHandles, type SignalHandle, type SignalInput } from './signal';
export type { TellFlow } from './push-signals.server';
