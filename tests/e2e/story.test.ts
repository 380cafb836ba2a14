import { describe } from 'vitest';
import { useBrowser } from '../setup/browser';
import { affiliates } from './story/affiliates';
import { afterwards } from './story/afterwards';
import { earning } from './story/earning';
import { firstOrder } from './story/first-order';
import { everyInnerPage, everyMainPage } from './story/pages';
import { referrals } from './story/referrals';
import { shopperPlaces } from './story/shopper-places';
import { storefrontBlocks } from './story/storefront-blocks';
import { tiersAndRewards } from './story/tiers-and-rewards';

const browser = useBrowser();

/** A person's whole journey, clicked: each chapter goes on where the one before stopped. */
describe('the story, by hand', () => {
  firstOrder(browser);
  afterwards(browser);
});
everyMainPage(browser);
tiersAndRewards(browser);
affiliates(browser);
shopperPlaces(browser);
storefrontBlocks(browser);
earning(browser);
everyInnerPage(browser);
referrals(browser);
