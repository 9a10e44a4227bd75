export const tender = {
  'error.reference-missing.cashier': 'هذا الدفع يحتاج إلى مرجعه. اكتبه من الرسالة أو القسيمة أو الشيك.',
  'error.reference-missing.customer': 'أرني رسالة الدفع أو قسيمته من فضلك.',
  'error.reference-too-long.cashier': 'في المرجع {longest} علامة على الأكثر. اقرأه مرة أخرى.',
  'error.reference-too-long.customer': 'أرني رسالة الدفع أو قسيمته مرة أخرى من فضلك.',
  'error.reference-signs.cashier': 'في المرجع حروف لاتينية وأرقام و - / . _ # : + فقط. اقرأه مرة أخرى.',
  'error.reference-signs.customer': 'أرني رسالة الدفع أو قسيمته مرة أخرى من فضلك.',
  'error.reference-card-number.cashier':
    'هذا يشبه رقم بطاقة دفع، وأرقام البطاقات لا تحفظ هنا. اكتب بدلا منه رقم القسيمة أو الرسالة.',
  'error.reference-card-number.customer': 'لا أحتاج إلى رقم بطاقتك، بل إلى رقم الدفع فقط.',
  'error.reference-used.cashier':
    'دفع هذا المرجع من قبل: الإيصال {receiptNumber} في {time}، العداد {meter}. اطلب دفعا آخر.',
  'error.reference-used.customer': 'استعمل هذا الدفع من قبل، في {time} للعداد {meter}.',
  'error.reference-twice.cashier': 'المرجع نفسه موجود مرتين في هذا الدفع. احذف أحدهما.',
  'error.reference-twice.customer': 'الدفع نفسه يحسب مرة واحدة.',
  'error.tender-too-much.cashier':
    'المدفوعات أكثر من {due} بمقدار {over}. الباقي يعطى من النقد فقط: أنقص المبلغ.',
  'error.tender-too-much.customer': 'المدفوعات أكثر من {due}.',
  'error.tender-too-little.cashier': 'ما زال ينقص {missing} من {due}. خذ الباقي نقدا أو بدفع آخر.',
  'error.tender-too-little.customer': 'ما زال عليك دفع {missing}.',
  'error.tender-cash-twice.cashier': 'النقد موجود مرتين في هذا الدفع. اجمعه معا.',
  'error.tender-cash-twice.customer': 'لحظة، أجمع النقد.',
  'error.basket-meter-twice.cashier': 'هذا العداد في السلة من قبل. أخرجه أولا لتغيير مبلغه.',
  'error.basket-meter-twice.customer': 'عدادك في القائمة من قبل.',
  'error.basket-stopped.cashier':
    'لم تعرف نتيجة البيع الذي قبله بعد، فلم يبدأ هذا البيع. أعد ماله أو بعه مرة أخرى.',
  'error.basket-stopped.customer': 'لم يتم هذا الشراء. هذا ماله.',
  'error.units-not-payable.cashier':
    'لا يوجد مبلغ يشتري هذا القدر من الوحدات لهذا العداد. اكتب عددا آخر أو مبلغا.',
  'error.units-not-payable.customer': 'لا يمكن شراء هذا القدر من الوحدات. كم تريد أن تدفع؟',
};
