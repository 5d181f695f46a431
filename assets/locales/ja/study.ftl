study-figure-duration = 所要時間
study-figure-downtime = ダウンタイム
study-figure-degraded = 能力不足
study-figure-mixed-versions = バージョン混在
study-figure-min-capacity = 最低処理能力
study-figure-max-instances = 最大台数
study-figure-extra-instance = 追加コスト
study-figure-requests = リクエスト数
study-figure-failed = 失敗リクエスト
study-figure-failed-by = 失敗：{ $cause }
study-figure-failed-share = 失敗の割合
study-figure-availability = 可用性
study-figure-exposed = 先行露出
study-figure-exposed-share = 先行露出の割合
study-figure-rollback = ロールバック
study-figure-time-to-notice = 検知までの時間
study-figure-back-to-good = 正常に戻るまで
study-figure-left-old = 旧版のまま残る台数
study-figure-left-new = 新版のまま残る台数
study-figure-left-failed = 失敗したまま残る台数
study-figure-left-mixed = 混在したまま残る台数
study-if-bad = 悪いリリースの場合：{ $figure }
study-none = なし
study-never = 戻らない
study-best = 最良
study-worst = 最悪
study-baseline = 基準
study-now = 現在
study-refused = 実行できません：{ $why }
study-all-settings = { $all } 通りの設定のうち { $suitable } 通りが{ $needs ->
    [0] 該当します（条件なし）
   *[other]  { $needs } 件の条件をすべて満たします
}。
study-best-is = 最良は { $best } で、{ $figure }は{ $value }です。
study-second-is = 次は { $second } の{ $value }です。
study-beyond = { $other } なら{ $value }ですが、{ $need } を{ $by }超えます。
study-nothing-beyond = これより良い設定はほかにありません。
study-nearest-is = 最も近いのは { $other } で、{ $need } を{ $by }外れます{ $more ->
    [0] 。
   *[other] （ほかに { $more } 件）。
}
study-nearest = 条件に最も近い設定
study-misses = 外れる条件
study-strategy = 方式
study-total = 合計
study-where-time-goes = 時間の内訳
study-work-draining = ドレイン
study-work-boot = 起動
study-work-install = インストール
study-work-startup = アプリ開始
study-work-health-checks = ヘルスチェック
study-work-settling = 安定待ち
study-work-ending = 終了前のドレイン
study-work-unnoticed = 未検知
study-work-waiting = 待機
study-setting = 設定
study-value = 値
study-step-down = 一段下げる
study-step-up = 一段上げる
study-no-lever = この値を動かす設定はありません。
