import type { Address } from '../../contract/identity.ts';
import { foldText } from '../../parsing/fold-text.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeId360AddressClaim } from './person.ts';
import { areProofsAccepted } from './proof-of-address-status.ts';
import type { Id360ReportSections } from './read-sections.ts';

/** What a report says about the address of the person. */
export interface Id360PersonAddress {
  /** The address that a document proves; empty if none does. */
  readonly proven: Address;
  /** The address in `identity`, if no document proves it; otherwise empty. */
  readonly unproven: Address;
  /** True if the address in `identity` comes from the identity document. */
  readonly isFromIdentityDocument: boolean;
}

/**
 * Finds the address of the person. ID360 fills the address in `identity` from a proof of address, else from the identity
 * document, else from typed data (ID360, "Proof File Reading Guide").
 *
 * ```
 * proof of address                   identity document      proven                       unproven
 * --------------------------------   --------------------   --------------------------   -----------------------
 * shows an address                                          the address on the proof     identity, if it differs
 * has another status than OK                                the identity document's      identity
 * none, or it shows no address       shows an address       identity, and the document's
 * none, or it shows no address       shows no address       nothing                      identity
 * ```
 *
 * The report does not say which of the read proofs belongs to which status. So if one status is not OK, no proof counts.
 */
export function findId360PersonAddress(sections: Id360ReportSections): Id360PersonAddress {
  const { identity, extractedIdentities, proofOfAddressStatuses } = sections;
  const given = makeId360AddressClaim(identity);
  const line = [...extractedIdentities, identity].find(({ extra }) => extra.address !== undefined);
  const onIdentityDocument = omitEmptyFields({ street_address: line?.extra.address });
  if (!areProofsAccepted(proofOfAddressStatuses))
    return { proven: onIdentityDocument, unproven: given, isFromIdentityDocument: false };

  const proof = sections.proofsOfAddress.map(makeId360AddressClaim).find(isFilled);
  if (proof !== undefined) {
    const proven = addCountry(proof, given);
    return { proven, unproven: contains(proven, given) ? {} : given, isFromIdentityDocument: false };
  }
  return line === undefined
    ? { proven: {}, unproven: given, isFromIdentityDocument: false }
    : { proven: { ...onIdentityDocument, ...given }, unproven: {}, isFromIdentityDocument: true };
}

/** Adds the country in `identity` to the address on a proof, which seldom shows it, if both name the same place. */
function addCountry(proof: Address, given: Address): Address {
  const { country_code } = given;
  return country_code !== undefined && isSamePlace(proof, given) ? { country_code, ...proof } : proof;
}

/** Checks whether two addresses have the same city or postal code, and contradict each other in neither. */
function isSamePlace(one: Address, other: Address): boolean {
  const pairs = [
    [one.locality, other.locality],
    [one.postal_code, other.postal_code],
  ].filter((pair) => pair.every((value) => value !== undefined));
  return pairs.length > 0 && pairs.every(([a = '', b = '']) => foldText(a) === foldText(b));
}

const isFilled = (address: Address) => Object.keys(address).length > 0;

/** Checks whether an address has every member of another address, with the same value. */
function contains(address: Address, part: Address): boolean {
  const members: Readonly<Record<string, string | undefined>> = address;
  return Object.entries(part).every(([key, value]) => members[key] === value);
}
