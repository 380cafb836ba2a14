import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import type { RequestHandler, Router } from 'express';
import { safeEqual } from '~/platform/crypto.server';
import { queue, queueNames } from '~/platform/queue/queue.server';

/** The job dashboard (bull-board), to be mounted at `basePath` behind `requirePassword`. */
export function jobDashboard(basePath: string): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(basePath);
  createBullBoard({ queues: queueNames.map((name) => new BullMQAdapter(queue(name))), serverAdapter });
  return serverAdapter.getRouter();
}

/** HTTP Basic, user "admin". Without a configured password the page does not exist. */
export function requirePassword(password: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (!password) return void response.status(404).send('Not found');
    const given = Buffer.from(
      (request.headers.authorization ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString('utf8');
    if (safeEqual(given, `admin:${password}`)) return next();
    response.setHeader('WWW-Authenticate', 'Basic realm="Perennial jobs"').status(401).send('Please log in.');
  };
}
