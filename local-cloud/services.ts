import type { Cloud } from './state.ts';
import type { Service, ServiceName } from './types.ts';

/** Every service the router serves. The registry has a port of its own. */
export const services: Readonly<Partial<Record<ServiceName, (cloud: Cloud) => Service>>> = {};
