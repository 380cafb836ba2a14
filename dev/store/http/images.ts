import { Router } from 'express';
import { readParam, readQuery } from './request';

/** Drawn, so that the shop needs no photo and no network. */
const LEAF = 'M0 0C18-34 52-40 84-26 70 8 38 26 0 0Z';

function leaves(count: number, length: number, colour: string, spread = 150): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = -90 - spread / 2 + (spread * index) / Math.max(1, count - 1);
    return `<path d="${LEAF}" fill="${colour}" fill-opacity="${(0.72 + (index % 3) * 0.13).toFixed(2)}" transform="translate(200 250) rotate(${angle.toFixed(1)}) scale(${length})"/>`;
  }).join('');
}

const POT =
  '<path d="M150 248h100l-12 92a10 10 0 0 1-10 9h-56a10 10 0 0 1-10-9z" fill="#c9825b"/><path d="M142 238h116v22H142z" fill="#b9714a"/>';
const CREAM_POT = POT.replace('#c9825b', '#e9dfcb').replace('#b9714a', '#d8cab0');

const ART: Readonly<Record<string, readonly [ground: string, drawing: string]>> = {
  monstera: ['#e4ede3', `${leaves(7, 1.75, '#2f6b47')}${CREAM_POT}`],
  fern: ['#eaf0df', `${leaves(13, 1.45, '#5c9448', 190)}${POT}`],
  snake: [
    '#eef0e6',
    `${[-28, -12, 4, 20, 34].map((x, i) => `<path d="M${200 + x} 250C${186 + x} ${170 - i * 9} ${196 + x} 110 ${205 + x} ${84 + (i % 3) * 24} ${216 + x} 120 ${220 + x} 180 ${212 + x} 250Z" fill="${i % 2 ? '#4d7f55' : '#6b9a62'}" stroke="#d9d38a" stroke-width="4"/>`).join('')}${CREAM_POT}`,
  ],
  olive: [
    '#edf0ea',
    `<path d="M200 250C196 200 204 170 200 120" stroke="#7a5c43" stroke-width="9" fill="none"/><g fill="#7f9a78">${[
      [160, 120],
      [240, 118],
      [200, 90],
      [175, 150],
      [228, 152],
      [200, 130],
    ]
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="36" fill-opacity=".82"/>`)
      .join(
        '',
      )}</g><g fill="#4a4f3a"><circle cx="182" cy="118" r="6"/><circle cx="222" cy="140" r="6"/><circle cx="206" cy="96" r="6"/></g>${POT}`,
  ],
  hearts: [
    '#f3ebe6',
    `<path d="M140 70h120l-10 60H150z" fill="#b9714a"/><g fill="#6d9a78">${[160, 185, 212, 238].map((x, i) => `<path d="M${x} 128v${150 + i * 18 - (i % 2) * 60}" stroke="#8aa588" stroke-width="2"/>${[0, 1, 2, 3, 4].map((n) => `<path transform="translate(${x + (n % 2 ? 8 : -8)} ${158 + n * 30}) scale(.85)" d="M0 12C-16-2-9-14 0-6 9-14 16-2 0 12Z"/>`).join('')}`).join('')}</g>`,
  ],
  aloe: [
    '#e6efe9',
    `${[-60, -38, -16, 6, 28, 50].map((angle, i) => `<path d="M-13 0C-10-70-4-120 0-${150 - Math.abs(i - 2) * 12} 4-120 10-70 13 0Z" fill="${i % 2 ? '#6ba583' : '#4f8d6c'}" transform="translate(200 252) rotate(${angle})"/>`).join('')}${POT}`,
  ],
  planter: [
    '#efece4',
    '<path d="M110 150h180l-16 168a20 20 0 0 1-20 18H146a20 20 0 0 1-20-18z" fill="#7d9183"/><path d="M110 150h180l-5 50H115z" fill="#91a597"/><ellipse cx="200" cy="150" rx="90" ry="20" fill="#5d7264"/><ellipse cx="200" cy="340" rx="80" ry="11" fill="#6b8073"/>',
  ],
  terracotta: [
    '#f5e9e0',
    '<g fill="#c67b52"><path d="M70 220h100l-12 104H82z"/><path d="M150 170h120l-14 154h-92z" fill="#b96c45"/><path d="M250 236h84l-10 88h-64z" fill="#d38f67"/></g><g fill="#a65d39"><path d="M62 208h116v22H62z"/><path d="M142 152h136v28H142z"/><path d="M244 224h96v18h-96z"/></g>',
  ],
  mister: [
    '#efe9dc',
    '<path d="M150 180h100v120a30 30 0 0 1-30 30h-40a30 30 0 0 1-30-30z" fill="#c8a14d"/><path d="M150 200h100v26H150z" fill="#dcba6e"/><path d="M180 120h40v60h-40z" fill="#a98235"/><path d="M130 108h92a10 10 0 0 1 10 10v14H130z" fill="#8d6a26"/><g fill="#9fc3cf"><circle cx="108" cy="104" r="5"/><circle cx="92" cy="122" r="4"/><circle cx="88" cy="94" r="3"/><circle cx="72" cy="110" r="4"/></g>',
  ],
  can: [
    '#e7ecef',
    '<path d="M140 180h120v130a20 20 0 0 1-20 20h-80a20 20 0 0 1-20-20z" fill="#49705c"/><path d="M142 300L62 180l14-8 74 92z" fill="#3c5f4d"/><path d="M50 168l34-18 8 16-30 20z" fill="#2f4d3e"/><path d="M258 200c60-10 60 90 2 86" stroke="#3c5f4d" stroke-width="13" fill="none"/><ellipse cx="200" cy="180" rx="60" ry="14" fill="#2f4d3e"/>',
  ],
  soil: [
    '#ece5dc',
    '<path d="M120 110h160l14 214a14 14 0 0 1-14 14H120a14 14 0 0 1-14-14z" fill="#5d4636"/><path d="M120 110h160l2 34H118z" fill="#48352a"/><rect x="140" y="184" width="120" height="96" rx="8" fill="#e8dcc5"/><path d="M200 264c-4-34 18-52 44-54 0 34-14 52-40 50" fill="#5c9448"/><path d="M198 264c2-26-14-42-38-44 2 28 14 42 36 40" fill="#7fae62"/>',
  ],
  food: [
    '#e9f0e6',
    '<path d="M160 150h80l14 40v130a18 18 0 0 1-18 18h-72a18 18 0 0 1-18-18V190z" fill="#6f9d5d"/><path d="M172 104h56v46h-56z" fill="#2f4d3e"/><rect x="156" y="214" width="88" height="78" rx="6" fill="#f4f0e2"/><path d="M200 280c-3-26 12-40 30-42 1 27-10 40-28 40" fill="#5c9448"/>',
  ],
};

export function imageRoutes(): Router {
  const router = Router();
  router.get('/images/:file', (request, response) => {
    const art = ART[readParam(request, 'file').replace(/\.svg$/, '')];
    if (art === undefined) {
      response.status(404).send('There is no such picture.');
      return;
    }
    const [ground, drawing] = art;
    const size = readQuery(request, 'width') ?? '800';
    response.type('image/svg+xml').set('cache-control', 'max-age=3600');
    response.send(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="${Number(size) || 800}" height="${Number(size) || 800}"><rect width="400" height="400" fill="${ground}"/><ellipse cx="200" cy="346" rx="120" ry="12" fill="#000" fill-opacity=".07"/>${drawing}</svg>`,
    );
  });
  return router;
}
