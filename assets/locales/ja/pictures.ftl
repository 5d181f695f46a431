pictures-stage = ステージ
pictures-old-version = 旧バージョン
pictures-new-version = 新バージョン
pictures-refused-or-failed = 失敗
pictures-load-balancer = ロードバランサー
pictures-fleet = フリート
pictures-downtime = ダウンタイム
pictures-plot-capacity = 処理能力と需要（件/秒）
pictures-plot-traffic = バージョン別トラフィック（処理した割合）
pictures-plot-failed = 失敗リクエスト（件/秒）
pictures-nothing-fails = 失敗なし
pictures-alarm-here = アラーム
pictures-failed-here = 失敗
pictures-went-back-here = 戻す
pictures-shortfall = 不足分
pictures-demand = 需要
pictures-failed-tile = 失敗
pictures-dead-tile = 停止
pictures-unhealthy = 異常
pictures-never-passes = チェックに合格することはありません。
pictures-mixed-group-names-there-at-the-start = 最初からある分
pictures-mixed-group-names-launched-since = その後の起動分
pictures-refused = { $rate }を拒否
pictures-failing-new-version = { $rate }が新バージョンで失敗
pictures-failing-dead = { $rate }が停止インスタンスへ
pictures-failing-dns = { $rate }が終了した環境へ
pictures-failing-there = { $rate }が送信先で失敗
pictures-new-version-fails = 新バージョン（{ $share }失敗）
pictures-trouble-failed = { $counted ->
    [about] 失敗 約{ $n }台
   *[exactly] 失敗 { $n }台
}
pictures-trouble-dead = { $counted ->
    [about] 応答なし 約{ $n }台
   *[exactly] 応答なし { $n }台
}
pictures-trouble-failed-short = { $counted ->
    [about] 失敗約{ $n }
   *[exactly] 失敗{ $n }
}
pictures-trouble-dead-short = { $counted ->
    [about] 停止約{ $n }
   *[exactly] 停止{ $n }
}
pictures-group = { $of }台中{ $n }台が稼働中
pictures-group-share = トラフィックの{ $share } · { $of }台中{ $n }台が稼働中
pictures-group-asked = トラフィックの{ $share }（指定{ $asked }） · { $of }台中{ $n }台が稼働中
pictures-group-short = { $n }/{ $of }台
pictures-group-share-short = { $share } · { $n }/{ $of }台
pictures-group-asked-short = { $share }（指定{ $asked }） · { $n }/{ $of }台
pictures-group-original = 元のグループ
pictures-group-temporary = 一時グループ
pictures-group-blue = ブルー
pictures-group-green = グリーン
pictures-group-additional = 追加バッチ
pictures-group-old-pods = 旧Pod
pictures-group-new-pods = 新Pod
pictures-group-old-tasks = 旧タスク
pictures-group-new-tasks = 新タスク
pictures-group-old-instances = 旧インスタンス
pictures-group-new-instances = 新インスタンス
pictures-group-old = 旧グループ
pictures-group-new = 新グループ
pictures-cell-stands-for = 1マス = { $n }台
pictures-tile-new = v2
pictures-tile-old = v1
pictures-tile-draining = ドレイン
pictures-tile-launching = 起動
pictures-tile-installing = 導入
pictures-tile-starting = 開始
pictures-tile-checking = 検査
pictures-tile-terminating = 終了
pictures-tile-gone = なし
pictures-instance-title = { $number }、{ $version }
pictures-instance-state = { $since }から{ $state }
pictures-instance-state-of = { $since }から{ $state }、{ $whole }のうち{ $done }経過
pictures-dead-consequence = ロードバランサーが気づくまで、リクエストを受けては失敗させます。
pictures-failed-consequence = サービスから外れ、リクエストを受けません。
pictures-errors-consequence = 受けたリクエストの{ $share }を失敗させます。
pictures-demand-label = 需要 { $demand }
pictures-capacity-of-demand = 処理能力 { $capacity }、需要 { $demand }
pictures-nothing-served = 何も処理されていません
pictures-traffic-by-version = 旧バージョン { $old }、新バージョン { $new }
pictures-cause-no-capacity = 稼働台数なし
pictures-cause-overload = 能力超過
pictures-cause-cut-off = 途中で切断
pictures-cause-stale-dns = 終了した環境へ
pictures-cause-new-version = 新バージョンの失敗
pictures-cause-dead = 停止インスタンスへ
pictures-cause-no-capacity-short = 停止
pictures-cause-overload-short = 超過
pictures-cause-cut-off-short = 切断
pictures-cause-stale-dns-short = DNS
pictures-cause-new-version-short = 新版
pictures-cause-dead-short = 無応答
pictures-cut-off-more = + 切断{ $requests }件
pictures-failed-of = { $cause } { $rps }
pictures-marked-at = { $at } { $what }
pictures-none-failed = 失敗リクエストなし
pictures-failed-per-second = 失敗 { $rps }件/秒
