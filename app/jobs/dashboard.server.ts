import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { Router, type RequestHandler } from 'express';
import { safeEqual } from '~/platform/crypto.server';
import { queue, queueNames } from '~/platform/queue/queue.server';

/** The job dashboard (bull-board), to be mounted at `basePath` behind `requirePassword`. */
export function jobDashboard(basePath: string): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(basePath);
  createBullBoard({ queues: queueNames.map((name) => new BullMQAdapter(queue(name))), serverAdapter });
  return Router().use(serverAdapter.getRouter());
}

/** HTTP Basic, user "admin". Without a configured password the page does not exist. */
export function requirePassword(password: string | undefined): RequestHandler {
  return (request, response, next) => {
    if (!password) {
      response.status(404).send('Not found');
      return;
    }
    const given = Buffer.from(
      (request.headers.authorization ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString('utf8');
    if (safeEqual(given, `admin:${password}`)) {
      next();
      return;
    }
    response.setHeader('WWW-Authenticate', 'Basic realm="Perennial jobs"').status(401).send('Please log in.');
  };
}
