export const customers = {
  'error.card-damaged.cashier':
    'Kadi haikusomwa yote. Ipitishe tena polepole; la sivyo, andika nambari iliyo kwenye mita au kadi.',
  'error.card-damaged.customer': 'Siwezi kusoma kadi yako. Naomba nione nambari iliyo juu yake.',
  'error.card-expired.cashier':
    'Kadi hii ya mita ilikuwa halali hadi {month}. Andika nambari ya mita badala yake, na umwambie mteja aombe kadi mpya.',
  'error.card-expired.customer': 'Kadi yako ya mita imeisha muda; tunaweza kutumia nambari ya mita yako.',
  'error.card-not-meter.cashier':
    'Hii ni kadi ya malipo, si kadi ya mita; hakuna kilichohifadhiwa. Irudishe na uombe nambari ya mita.',
  'error.card-not-meter.customer':
    'Hiyo ni kadi yako ya benki. Nahitaji kadi ya mita au nambari ya mita yako.',
} as const;
