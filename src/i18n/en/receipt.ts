/** Words on receipts: what the customer takes home. No jargon but the STS line. */
export const receipt = {
  'receipt.training': 'TRAINING - NOT VALID',
} as const;
