export const orders = {
  'error.free-units-unknown.cashier': 'قائمة الأسعار لا تمنح هذا العداد هذه الوحدات المجانية.',
  'error.free-units-unknown.customer': 'لا توجد وحدات مجانية لهذا العداد.',
  'error.free-units-taken.cashier':
    '{name}: أُعطيت عن هذه الفترة من قبل.{next, select, none {} other { التالية تستحق في {next}.}}',
  'error.free-units-taken.customer': 'وحداتك المجانية عن هذه الفترة أُعطيت من قبل.',
  'error.free-units-not-home-station.cashier': '{name}: تُعطى في محطة العداد الأصلية فقط، وليست هذه.',
  'error.free-units-not-home-station.customer': 'تحصل على وحداتك المجانية حيث سُجّل عدادك.',
  'error.free-units-needs-purchase.cashier': '{name}: تُعطى مع الشراء فقط، وهذا المنفذ لا يستطيع ذلك.',
  'error.free-units-needs-purchase.customer': 'هذه الوحدات المجانية تأتي مع الشراء، في مكتب آخر.',
  'error.free-units-not-for-category.cashier': '{name} ليست لفئة هذا العميل.',
  'error.free-units-not-for-category.customer': 'هذه الوحدات المجانية ليست لنوع حسابك.',
  'error.units-out-of-range.cashier': 'لا يحمل الرمز هذا العدد من الوحدات. أعط أقل.',
  'error.units-out-of-range.customer': 'هذا أكثر مما يحمله رمز واحد.',
  'error.management-value.cashier': 'لا يحمل الرمز هذه القيمة. تحقق منها وأدخل غيرها.',
  'error.management-value.customer': 'يجب التحقق من القيمة أولاً.',
  'error.key-change-same.cashier': 'لدى العداد بيانات المفتاح هذه من قبل. لا يتغير شيء.',
  'error.key-change-same.customer': 'عدادك محدّث.',
  'error.replacement-other-meter.cashier':
    'الإيصال {receiptNumber} لعداد آخر. لا يُنقل الرمز إلى عداد آخر أبداً: افتح نزاعاً.',
  'error.replacement-other-meter.customer': 'هذا الرمز لعداد آخر؛ سيبحث المكتب في الأمر.',
  'error.replacement-no-token.cashier': 'ليس في الإيصال {receiptNumber} رمز يمكن صنعه مرة أخرى.',
  'error.replacement-no-token.customer': 'لم يكن في ذلك الإيصال رمز.',
  'error.replacement-same.cashier':
    'ببيانات المفتاح نفسها يكون الرمز هو الذي في الإيصال {receiptNumber}. اطبع نسخة منه، أو صحّح البيانات.',
  'error.replacement-same.customer': 'الرمز الذي في إيصالك هو الصحيح.',
  'error.debt-unknown.cashier': 'لا شيء من هذا النوع على هذا الحساب.',
  'error.debt-unknown.customer': 'ليس عليك شيء هنا.',
  'error.payment-above-debt.cashier': 'المستحق {owed} فقط. خذه، أو ضع الباقي في الرصيد.',
  'error.payment-above-debt.customer': 'عليك {owed}.',
  'error.sell-again-purchases.cashier':
    '{receiptNumber} لم يكن شراءً. أغلقه كغير صادر، ثم اطلبه من جديد من الأدوات.',
  'error.sell-again-purchases.customer': 'عليّ أن أطلبه من جديد.',
};
