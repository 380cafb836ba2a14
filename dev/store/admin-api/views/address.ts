import type { Address } from '../../state/model';
import { toGid } from '../../state/ids';
import type { View } from '../context';

export function addressView(address: Address | null, id: bigint): View | null {
  if (address === null) return null;
  const name = `${address.firstName} ${address.lastName}`.trim();
  return {
    __typename: 'MailingAddress',
    id: `${toGid('MailingAddress', id)}?model_name=CustomerAddress`,
    firstName: address.firstName,
    lastName: address.lastName,
    name,
    company: null,
    address1: address.address1,
    address2: null,
    zip: address.zip,
    city: address.city,
    province: null,
    provinceCode: null,
    country: address.country,
    countryCodeV2: address.countryCode,
    phone: null,
    formatted: [name, address.address1, `${address.zip} ${address.city}`, address.country],
  };
}
