export { createEvents } from './events.js';
export type { ErrorContext, EventGiven, Events, EventsOptions, EventSink } from './events.js';
